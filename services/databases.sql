CREATE DATABASE smartorders_user;
CREATE DATABASE smartorders_order;
CREATE DATABASE smartorders_inventory;
CREATE DATABASE smartorders_payment;
